using MassTransit;
using Microblog.Contracts.Accounts;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

/// <summary>Answers as Accounts does: one token was revoked.</summary>
internal sealed class ListRevokedConsumer : IConsumer<ListRevokedTokens>
{
    public const long RevokedId = 7;

    public Task Consume(ConsumeContext<ListRevokedTokens> context) => context.RespondAsync(new RevokedTokensListed(
        context.Message.AfterTokenId < RevokedId ? [new(RevokedId, TimeProvider.System.GetUtcNow().AddDays(1))] : []));
}
