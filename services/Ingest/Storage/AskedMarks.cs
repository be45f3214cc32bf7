using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>Marks that are not in Redis, asked of Timeline, who completes them there.</summary>
internal sealed class AskedMarks(Publisher publisher) : IMissingMarks
{
    public async Task<IReadOnlyList<PostMark>> Load(long accountId, CancellationToken cancellationToken) =>
        (await publisher.Ask<GetMarks, MarksFound>(new(accountId), cancellationToken)).Marks;

    public async Task<IReadOnlyList<PostMark>> Find(
        long accountId,
        IReadOnlyCollection<long> postIds,
        CancellationToken cancellationToken) =>
        (await publisher.Ask<GetMarks, MarksFound>(new(accountId, [.. postIds]), cancellationToken)).Marks;
}
