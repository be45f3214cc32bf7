using System.Collections.Concurrent;
using System.Diagnostics;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.Storage;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.Ingest.Tests.Storage;

[Collection(Together.Name)]
public sealed class PostGroupsTests(RunningIngest ingest)
{
    private const int AtOnce = 1_000;

    [Fact]
    public async Task Posts_that_come_at_the_same_time_share_messages_and_none_is_left_out()
    {
        var author = RunningIngest.NewId();
        var posts = Enumerable.Range(0, AtOnce).Select(_ => APost.By(author)).ToArray();

        await Task.WhenAll(posts.Select(Groups.Publish));

        await ingest.Neighbours.Settle();
        var heard = ingest.Heard.All<PostCreated>(post => post.AuthorId == author);
        Assert.Equal(posts.Select(post => post.PostId).Order(), heard.Select(post => post.PostId).Order());
        var messages = MessagesOf(author);
        Assert.All(messages, message => Assert.InRange(message.Posts.Count, 1, PostGroups.PostsMax));
        Assert.True(messages.Count < AtOnce / 2, $"{AtOnce} posts went in {messages.Count} messages.");
    }

    [Fact]
    public async Task What_comes_soon_after_a_message_travels_together_and_later()
    {
        var author = RunningIngest.NewId();
        var clock = new StoppedClock();
        using var groups = new PostGroups(ingest.Services.GetRequiredService<Publisher>(), clock);
        var (first, second, third) = (APost.By(author), APost.By(author), APost.By(author));

        await groups.Publish(first);
        var soonAfter = groups.Publish(second);
        // Meanwhile the second would have been on its way, did it not wait.
        await Groups.Publish(APost.By(RunningIngest.NewId()));
        var later = groups.Publish(third);
        clock.GoOn();

        await Task.WhenAll(soonAfter, later);
        await ingest.Neighbours.Settle();
        Assert.Equal(
            [[first.PostId], [second.PostId, third.PostId]],
            MessagesOf(author).Select(message => message.Posts.Select(post => post.PostId)));
    }

    [Fact]
    public async Task A_post_that_travels_with_others_leads_to_the_trace_in_which_it_does()
    {
        var author = RunningIngest.NewId();
        var requests = Enumerable.Range(0, PostGroups.PostsMax).Select(_ => new Activity("request")).ToArray();

        await Task.WhenAll(requests.Select(request =>
        {
            request.Start();
            return Groups.Publish(APost.By(author));
        }));

        Array.ForEach(requests, request => request.Stop());
        var leading = requests.Where(request => !request.Links.Any()).Select(request => request.SpanId).ToArray();
        Assert.InRange(leading.Length, 1, requests.Length - 1);
        Assert.All(
            requests.SelectMany(request => request.Links),
            link => Assert.Contains(link.Context.SpanId, leading));
    }

    private PostGroups Groups => ingest.Services.GetRequiredService<PostGroups>();

    private IReadOnlyList<PostsCreated> MessagesOf(long authorId) =>
        ingest.Heard.All<PostsCreated>(message => message.Posts.Any(post => post.AuthorId == authorId));

    /// <summary>Its timers ring when it goes on, and at once from then on.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private readonly ConcurrentQueue<Timer> _timers = new();
        private volatile bool _goesOn;

        public void GoOn()
        {
            _goesOn = true;
            foreach (var timer in _timers)
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(callback, state, Timeout.InfiniteTimeSpan, period);
            _timers.Enqueue(timer);
            if (_goesOn)
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            return timer;
        }
    }
}
