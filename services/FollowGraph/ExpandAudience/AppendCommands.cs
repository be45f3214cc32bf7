using MassTransit;
using Microblog.Contracts.FanOut;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FollowGraph.ExpandAudience;

/// <summary>
/// The commands of one batch: small deliveries are combined, every command names at most <c>readersMax</c> readers, and
/// confirms are awaited together.
/// </summary>
internal sealed class AppendCommands(IPublishEndpoint bus, int readersMax, int inFlightMax)
{
    private readonly List<Delivery> _combined = [];
    private readonly List<Task> _unconfirmed = [];
    private int _combinedReaderCount;

    /// <summary>Adds a delivery of no more than <c>readersMax</c> readers to the next small command.</summary>
    public async Task Combine(Delivery delivery)
    {
        if (_combinedReaderCount + delivery.ReaderIds.Count > readersMax)
            await SendCombined();
        _combined.Add(delivery);
        _combinedReaderCount += delivery.ReaderIds.Count;
    }

    public async Task SendCombined()
    {
        if (_combined.Count == 0)
            return;
        await Publish(Lane.Small, new([.. _combined]));
        _combined.Clear();
        _combinedReaderCount = 0;
    }

    /// <summary>
    /// Sends the same readers several posts, together where one command has room: FanOut then writes once.
    /// </summary>
    public async Task Send(Lane lane, IReadOnlyList<long> postIds, IReadOnlyList<long> readerIds)
    {
        foreach (var posts in postIds.Chunk(readersMax))
        {
            foreach (var readers in readerIds.Chunk(readersMax / posts.Length))
                await Publish(lane, new([.. posts.Select(postId => new Delivery(postId, readers))]));
        }
    }

    /// <summary>Returns when the broker has everything.</summary>
    public async Task Confirm()
    {
        await Task.WhenAll(_unconfirmed);
        _unconfirmed.Clear();
    }

    private async Task Publish(Lane lane, AppendToTimelines command)
    {
        if (_unconfirmed.Count == inFlightMax)
            await Confirm();
        // No token: cancelling a publish makes the client drop the channel.
        _unconfirmed.Add(bus.PublishTo(lane, command, CancellationToken.None).WaitAsync(Publisher.PublishDeadline));
    }
}
