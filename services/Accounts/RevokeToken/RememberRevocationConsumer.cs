using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.RevokeToken;

/// <summary>
/// Writes a revocation where processes look that start later. It hears of it through the broker, because Redis may be
/// away, or this process die, between the commit and the write. Doing it twice changes nothing.
/// </summary>
internal sealed class RememberRevocationConsumer(Revocations revocations) : IConsumer<TokenRevoked>
{
    public Task Consume(ConsumeContext<TokenRevoked> context) => revocations.Remember(context.Message);
}
