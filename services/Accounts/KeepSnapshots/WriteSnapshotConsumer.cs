using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.KeepSnapshots;

/// <summary>
/// Makes up for a write to Redis that a crash or an outage kept from following its commit. Usually it was written
/// before, and then this changes nothing.
/// </summary>
internal sealed class WriteSnapshotConsumer(Snapshots snapshots) : IConsumer<ProfileChanged>
{
    public Task Consume(ConsumeContext<ProfileChanged> context) => snapshots.Write([context.Message.Profile]);
}
