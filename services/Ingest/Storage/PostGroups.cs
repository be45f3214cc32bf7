using System.Diagnostics;
using Microblog.Contracts.Ingest;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Publishes posts. Those that come while others are being confirmed, or soon after, go together in the next message,
/// as a database commits together what came while it wrote (PostgreSQL's group commit). A post that comes alone waits
/// for nobody.
/// </summary>
internal sealed class PostGroups(Publisher publisher, TimeProvider clock) : IDisposable
{
    /// <summary>Posts in one message: some 50 kB of them, and 300 kB of the longest.</summary>
    public const int PostsMax = 64;

    /// <summary>Messages that are being confirmed at the same time; more would be smaller ones.</summary>
    private const int UnconfirmedMax = 1;

    /// <summary>
    /// From one message to the next at least: the broker and the services take as long for a message of one post as for
    /// one of ten.
    /// </summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(8);

    private readonly Lock _door = new();
    private readonly SemaphoreSlim _turns = new(UnconfirmedMax);
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

    public void Dispose() => _turns.Dispose();

    private Group Begin()
    {
        var group = new Group();
        group.Confirmed = Task.Run(() => Send(group));
        return group;
    }

    private async Task Send(Group group)
    {
        await _turns.WaitAsync();
        var pause = Task.Delay(Pace, clock);
        try
        {
            lock (_door)
            {
                if (_open == group)
                    _open = null;
            }

            await publisher.Publish(new PostsCreated(group.Posts), CancellationToken.None);
        }
        finally
        {
            _ = PassOn(pause);
        }
    }

    private async Task PassOn(Task pause)
    {
        await pause;
        _turns.Release();
    }

    private sealed class Group
    {
        public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

        public List<PostCreated> Posts { get; } = [];

        public Task Confirmed { get; set; } = Task.CompletedTask;
    }
}
