using Microblog.Contracts.Ingest;
using Microblog.Keyspaces;

namespace Microblog.Timeline.Tests.ReadPublicTimeline;

public class PublicListsTests
{
    [Fact]
    public async Task The_public_timeline_has_public_posts_without_boosts_and_replies_to_others()
    {
        var timeline = await RunningTimeline.Get();
        var (author, other) = (await timeline.NewPerson(), await timeline.NewPerson());
        var post = APost.By(author);
        var thread = APost.By(author, inReplyTo: post);
        PostCreated[] hidden =
        [
            APost.By(author, Visibility.Unlisted),
            APost.By(author, Visibility.Private),
            APost.By(author, Visibility.Direct),
            APost.By(other, inReplyTo: post),
            APost.Boost(other, post),
        ];
        await timeline.Store([post, thread, .. hidden]);

        var shown = Person.IdsOf(await Person.Ok(timeline.Client().GetAsync(
            $"/api/v1/timelines/public?limit=40&min_id={post.PostId - 1}&max_id={hidden[^1].PostId + 1}")));

        long[] ours = [post.PostId, thread.PostId, .. hidden.Select(one => one.PostId)];
        Assert.Equal([thread.PostId, post.PostId], shown.Where(ours.Contains));
    }

    [Fact]
    public async Task Whoever_the_viewer_muted_is_not_in_it_for_him()
    {
        var timeline = await RunningTimeline.Get();
        var (author, viewer) = (await timeline.NewPerson(), await timeline.NewPerson());
        await timeline.Relate(viewer, author, Standing.Muting);
        var post = APost.By(author);
        await timeline.Store(post);
        var path = $"/api/v1/timelines/public?limit=40&min_id={post.PostId - 1}";

        Assert.DoesNotContain(post.PostId, await viewer.Ids(path));
        Assert.Contains(post.PostId, await author.Ids(path));
    }

    [Fact]
    public async Task Tags_combine_and_are_found_in_any_case()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var tag = $"t{author.Id}";
        var plain = APost.By(author, tags: tag);
        var withDogs = APost.By(author, tags: [tag, tag + "dogs"]);
        var dogsOnly = APost.By(author, tags: tag + "dogs");
        var unlisted = APost.By(author, Visibility.Unlisted, tags: tag);
        await timeline.Store(plain, withDogs, dogsOnly, unlisted);
        var path = $"/api/v1/timelines/tag/{tag.ToUpperInvariant()}";

        Assert.Equal([withDogs.PostId, plain.PostId], await author.Ids(path));
        Assert.Equal(
            [dogsOnly.PostId, withDogs.PostId, plain.PostId], await author.Ids($"{path}?any[]={tag}DOGS"));
        Assert.Equal([withDogs.PostId], await author.Ids($"{path}?all[]={tag}dogs"));
        Assert.Equal([plain.PostId], await author.Ids($"{path}?none[]=%23{tag}dogs"));
        Assert.Equal([plain.PostId], await author.Ids($"{path}?max_id={withDogs.PostId}"));
        Assert.Equal([plain.PostId], await author.Ids($"{path}?min_id=0&limit=1"));
    }

    [Fact]
    public async Task A_deleted_post_is_in_no_list()
    {
        var timeline = await RunningTimeline.Get();
        var author = await timeline.NewPerson();
        var tag = $"t{author.Id}";
        var post = APost.By(author, tags: tag);
        await timeline.Store(post);

        await timeline.Publish(APost.Deletion(post));

        await Eventually.Is(async () => (await author.Ids($"/api/v1/timelines/tag/{tag}")).Length == 0);
        await Eventually.Is(async () => await timeline.Count(
            "SELECT count(*) FROM post_tags WHERE tag = $1", tag) == 0);
    }
}
