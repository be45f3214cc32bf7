using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.AnswerQuestions;

public class AnswerQuestionsTests
{
    [Fact]
    public async Task Posts_are_found_again_and_their_snapshots_restored_but_not_those_of_deleted_ones()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var (post, deleted) = (APost.By(author), APost.By(author));
        await timeline.Store(post, deleted);
        await timeline.Publish(APost.Deletion(deleted));
        await Eventually.Is(async () => await timeline.Count(
            "SELECT count(*) FROM posts WHERE id = $1 AND text = ''", deleted.PostId) == 1);

        var found = await timeline.Neighbours.Ask<GetPosts, PostsFound>(new([post.PostId, deleted.PostId, 1]));

        Assert.Equal([post.PostId], found.Posts.Select(stored => stored.Post.PostId));
        Assert.True(await timeline.Redis.Run(store => store.KeyExistsAsync(PostSnapshots.Key(post.PostId))));
        Assert.Equal(PostSnapshots.Deleted, await timeline.Redis.Run(async store =>
            (string)await store.StringGetAsync(PostSnapshots.Key(deleted.PostId))));
    }

    [Fact]
    public async Task Authors_posts_are_counted_with_zeros_for_who_never_wrote()
    {
        var timeline = await RunningTimeline.Get();
        var (author, silent) = (await timeline.NewPerson(), await timeline.NewPerson());
        var post = APost.By(author);
        await timeline.Store(post);

        var found = await timeline.Neighbours.Ask<GetAuthorCounts, AuthorCountsFound>(new([author.Id, silent.Id]));
        var all = await timeline.Neighbours.Ask<CountPosts, PostsCounted>(new());

        var day = DateOnly.FromDateTime(post.CreatedAt.UtcDateTime);
        Assert.Contains(new AuthorCounts(author.Id, 1, day, 1), found.Counts);
        Assert.Contains(new AuthorCounts(silent.Id, 0, null, 0), found.Counts);
        Assert.True(all.Posts >= 1);
    }
}
