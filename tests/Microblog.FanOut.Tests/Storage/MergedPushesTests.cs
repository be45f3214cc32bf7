using Microblog.FanOut.Storage;

namespace Microblog.FanOut.Tests.Storage;

public sealed class MergedPushesTests
{
    private const long Alice = 115_000_000_000_000_000;
    private const long Bob = Alice + 1_024;

    [Fact]
    public void Each_list_stands_once_with_its_posts_ascending()
    {
        using var pushes = new MergedPushes([(30, [Alice]), (10, [Bob, Alice]), (20, [Alice])]);

        Assert.Equal(["115000000000000000: 10 20 30", "115000000000001024: 10"], Read(pushes));
    }

    [Fact]
    public void A_post_that_is_named_twice_goes_to_a_list_once()
    {
        using var pushes = new MergedPushes([(10, [Alice, Alice]), (20, [Alice]), (10, [Alice, Bob])]);

        Assert.Equal(["115000000000000000: 10 20", "115000000000001024: 10"], Read(pushes));
    }

    [Fact]
    public void Nothing_goes_nowhere()
    {
        using var pushes = new MergedPushes([]);

        Assert.Equal(0, pushes.Count);
    }

    [Fact]
    public void Of_many_no_delivery_is_lost_and_lists_come_in_the_order_of_their_owners()
    {
        var random = new Random(1);
        long[] owners = [.. Enumerable.Range(0, 900).Select(_ => random.NextInt64())];
        var posts = Enumerable.Range(1, 50)
            .Select(post => ((long)post, (IReadOnlyList<long>)random.GetItems(owners, 400)))
            .ToArray();

        using var pushes = new MergedPushes(posts);

        var expected = posts
            .SelectMany(post => post.Item2.Select(owner => (Owner: owner, Post: post.Item1)))
            .Distinct()
            .GroupBy(delivery => delivery.Owner, delivery => delivery.Post)
            .OrderBy(list => list.Key)
            .Select(list => $"{list.Key}: {string.Join(' ', list.Order())}");
        Assert.Equal(expected, Read(pushes));
    }

    private static string[] Read(MergedPushes pushes) =>
    [
        .. Enumerable.Range(0, pushes.Count)
            .Select(list => $"{pushes.OwnerId(list)}: {string.Join(' ', pushes.PostIds(list).ToArray())}"),
    ];
}
