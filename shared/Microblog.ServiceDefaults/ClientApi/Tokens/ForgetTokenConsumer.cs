using MassTransit;
using Microblog.Contracts.Accounts;

namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>Refuses a token from the moment its revocation is heard. Hearing it twice changes nothing.</summary>
internal sealed class ForgetTokenConsumer(RevokedTokenList revoked) : IConsumer<TokenRevoked>
{
    public Task Consume(ConsumeContext<TokenRevoked> context)
    {
        revoked.Add(context.Message.TokenId, context.Message.ExpiresAt);
        return Task.CompletedTask;
    }
}
