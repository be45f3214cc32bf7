using Microblog.Ingest.Storage;

namespace Microblog.Ingest.Tests.Storage;

public class RememberedKeysTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Whoever_asks_first_gives_the_id_to_all()
    {
        var keys = new RememberedKeys(max: 10_000, TimeSpan.FromHours(1), _clock);
        var ids = new long[1_000];

        Parallel.For(0, ids.Length, i => ids[i] = keys.FindOrAdd("key", fresh: i + 1));

        var id = Assert.Single(ids.Distinct());
        Assert.Equal(id, keys.Find("key"));
    }

    [Fact]
    public void What_redis_says_goes_before_what_was_remembered()
    {
        var keys = new RememberedKeys(max: 10, TimeSpan.FromHours(1), _clock);
        keys.FindOrAdd("key", fresh: 1);

        keys.Set("key", 2);

        Assert.Equal(2, keys.Find("key"));
    }

    [Fact]
    public void The_oldest_keys_are_forgotten_first()
    {
        var keys = new RememberedKeys(max: 10, TimeSpan.FromHours(1), _clock);
        for (var i = 0; i < 25; i++)
            keys.FindOrAdd($"{i}", fresh: i);

        Assert.Equal(
            Enumerable.Range(15, 10),
            Enumerable.Range(0, 25).Where(i => keys.Find($"{i}") is not null));
    }

    [Fact]
    public void A_key_that_was_set_anew_outlives_its_first_turn()
    {
        var keys = new RememberedKeys(max: 2, TimeSpan.FromHours(1), _clock);
        keys.FindOrAdd("a", fresh: 1);
        keys.Set("a", 2);

        keys.FindOrAdd("b", fresh: 3);

        Assert.Equal(2, keys.Find("a"));
    }

    [Fact]
    public void A_key_ends_when_it_would_in_redis()
    {
        var keys = new RememberedKeys(max: 10, TimeSpan.FromHours(1), _clock);
        keys.FindOrAdd("key", fresh: 1);
        _clock.Now += TimeSpan.FromHours(1);

        Assert.Null(keys.Find("key"));
        Assert.Equal(2, keys.FindOrAdd("key", fresh: 2));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
