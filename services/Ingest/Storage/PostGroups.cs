using System.Diagnostics;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Publishes posts. Those that come soon after a message go together in the next one, as a database commits together
/// what came while it wrote (PostgreSQL's group commit). A post that comes alone waits for nobody.
/// </summary>
internal sealed class PostGroups(Publisher publisher, TimeProvider clock) : IDisposable
{
    /// <summary>Posts in one message: some 50 kB of them, and 300 kB of the longest.</summary>
    public const int PostsMax = 64;

    /// <summary>
    /// From a message that is not full to the next: the broker and the services take as long for a message of one post
    /// as for one of ten. However many are being confirmed, none waits for longer than
    /// <see cref="Publisher.PublishDeadline"/>.
    /// </summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(24);

    private readonly Lock _door = new();
    private readonly SemaphoreSlim _turn = new(1);
    private Group? _open;

    /// <summary>Returns when the broker has the post on disk.</summary>
    /// <exception cref="BrokerAwayException">Not confirmed in time. The post may arrive all the same.</exception>
    public Task Publish(PostCreated post)
    {
        lock (_door)
        {
            if (_open is { } group)
                // The message belongs to the trace of its first post, and whoever looks at this one finds the way.
                Activity.Current?.AddLink(new(group.Trace));
            else
                _open = group = Begin();

            group.Posts.Add(post);
            if (group.Posts.Count == PostsMax)
                _open = null;
            return group.Confirmed;
        }
    }

    public void Dispose() => _turn.Dispose();

    private Group Begin()
    {
        var group = new Group();
        group.Confirmed = Task.Run(() => Send(group));
        return group;
    }

    private async Task Send(Group group)
    {
        await _turn.WaitAsync();
        lock (_door)
        {
            if (_open == group)
                _open = null;
        }

        _ = PassOn(isFull: group.Posts.Count == PostsMax);
        await publisher.Publish(new PostsCreated(group.Posts), CancellationToken.None);
    }

    private async Task PassOn(bool isFull)
    {
        if (!isFull)
            await Task.Delay(Pace, clock);
        _turn.Release();
    }

    private sealed class Group
    {
        public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

        public List<PostCreated> Posts { get; } = [];

        public Task Confirmed { get; set; } = Task.CompletedTask;
    }
}
