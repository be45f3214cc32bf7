using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.Suspend;

internal sealed class SuspendPersonConsumer(Suspensions suspensions) : IConsumer<SuspendAccount>
{
    public async Task Consume(ConsumeContext<SuspendAccount> context)
    {
        var endedCount = await suspensions.Begin(context.Message.AccountId, context.CancellationToken);
        await context.RespondAsync(new SuspensionSettled(
            context.Message.AccountId, IsKnown: endedCount is not null, endedCount ?? 0));
    }
}
