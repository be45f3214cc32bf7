using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.Suspend;

internal sealed class UnsuspendPersonConsumer(Suspensions suspensions) : IConsumer<UnsuspendAccount>
{
    public async Task Consume(ConsumeContext<UnsuspendAccount> context)
    {
        var isKnown = await suspensions.End(context.Message.AccountId, context.CancellationToken);
        await context.RespondAsync(new SuspensionSettled(context.Message.AccountId, isKnown, EndedTokenCount: 0));
    }
}
