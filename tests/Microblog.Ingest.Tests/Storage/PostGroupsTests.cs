using System.Diagnostics;
using Microblog.Contracts.Ingest;
using Microblog.Ingest.Storage;
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
}
