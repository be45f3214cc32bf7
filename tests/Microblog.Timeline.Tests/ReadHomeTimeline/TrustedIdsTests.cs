using Microblog.Keyspaces;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.Tests.ReadHomeTimeline;

/// <summary>Which ids of a list's tail a page may be made of, without asking Postgres.</summary>
public class TrustedIdsTests
{
    private const int Read = 20 + TimelineLists.ReadMargin;

    [Fact]
    public void Neighbours_that_changed_places_anywhere_leave_a_page_of_twenty()
    {
        for (var place = 0; place < Read - 1; place++)
        {
            var arrived = Enumerable.Range(1, Read).Select(id => (long)id).ToArray();
            (arrived[place], arrived[place + 1]) = (arrived[place + 1], arrived[place]);

            Assert.Equal(20, Trusted(arrived).Count);
        }
    }

    [Fact]
    public void What_was_not_read_is_older_than_all_that_is_trusted_however_ids_were_mixed_within_the_margin()
    {
        var random = new Random(1);
        for (var mixture = 0; mixture < 2_000; mixture++)
        {
            var all = Enumerable.Range(1, 400)
                .OrderBy(id => id + (random.NextDouble() * TimelineLists.ReadMargin))
                .Select(id => (long)id)
                .ToArray();
            var trusted = Trusted(all[^Read..]);

            Assert.Equal(20, trusted.Count);
            Assert.True(all[..^Read].Max() < trusted[^1], $"Mixture {mixture} hides an id that belongs on the page.");
        }
    }

    [Fact]
    public void An_id_that_stands_further_from_its_place_than_the_margin_is_the_last_that_is_trusted()
    {
        var arrived = Enumerable.Range(1, Read).Select(id => (long)id).Prepend(Read - 5).Distinct().ToArray();

        Assert.Equal(Read - 5, Trusted(arrived)[^1]);
    }

    // Of a list that was trimmed, so that its head is a post.
    private static IReadOnlyList<long> Trusted(long[] arrived) =>
        new ListedPosts(ListedIds.Of(head: 1, arrived, isWhole: false), readWhole: null!, stored: null!)
            .Trusted(below: long.MaxValue, above: 0).Ids;
}
