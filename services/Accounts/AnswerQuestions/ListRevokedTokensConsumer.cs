using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.AnswerQuestions;

internal sealed class ListRevokedTokensConsumer(Revocations revocations) : IConsumer<ListRevokedTokens>
{
    public async Task Consume(ConsumeContext<ListRevokedTokens> context)
    {
        var page = await revocations.Page(context.Message.AfterTokenId, context.CancellationToken);
        await context.RespondAsync(new RevokedTokensListed(page));
    }
}
