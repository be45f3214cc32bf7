using Microblog.LoadTest.Traffic;

namespace Microblog.LoadTest.Tests.Traffic;

public sealed class ArrivalsTests
{
    private const double Rate = 100;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(300);

    [Theory]
    [InlineData("steady", 1)]
    [InlineData("burst", 1)]
    [InlineData("ramp", .525)]
    [InlineData("event", 1.1667)]
    public void Over_the_whole_run_the_rate_is_that_of_the_profile(string profile, double factor) =>
        Assert.InRange(Draw(profile).Length, Rate * factor * 300 * .97, Rate * factor * 300 * 1.03);

    [Fact]
    public void Gaps_are_as_uneven_as_chance_makes_them()
    {
        var arrivals = Draw("steady");
        var gaps = arrivals.Zip(arrivals.Skip(1), (one, next) => (next - one).TotalSeconds).ToArray();

        // Of an exponential distribution the deviation is the mean.
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - gaps.Average()) * (gap - gaps.Average())));
        Assert.InRange(deviation / gaps.Average(), .95, 1.05);
    }

    [Fact]
    public void A_burst_is_three_times_as_much()
    {
        var arrivals = Draw("burst");
        var inBurst = arrivals.Count(at => at.TotalSeconds % 10 < 2);

        Assert.InRange(inBurst / (double)arrivals.Length, .57, .63);
    }

    [Fact]
    public void Only_in_the_middle_of_an_event_famous_people_meet()
    {
        Assert.False(RateProfile.Event.IsEventAt(TimeSpan.FromSeconds(99), Length));
        Assert.True(RateProfile.Event.IsEventAt(TimeSpan.FromSeconds(101), Length));
        Assert.False(RateProfile.Event.IsEventAt(TimeSpan.FromSeconds(201), Length));
        Assert.False(RateProfile.Steady.IsEventAt(TimeSpan.FromSeconds(101), Length));
    }

    private static TimeSpan[] Draw(string profile) =>
        [.. Arrivals.Draw(Rate, RateProfile.Of(profile), Length, new(1))];
}
