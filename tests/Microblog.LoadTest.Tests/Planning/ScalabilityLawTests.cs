using Microblog.LoadTest.Planning;

namespace Microblog.LoadTest.Tests.Planning;

public sealed class ScalabilityLawTests
{
    [Fact]
    public void The_law_behind_measurements_is_found()
    {
        var law = new ScalabilityLaw(Lambda: 900, Sigma: .05, Kappa: .002);

        var fitted = ScalabilityLaw.Fit([.. new[] { .5, 1, 2, 4, 8, 16, 32.0 }.Select(n => (n, law.At(n)))]);

        Assert.NotNull(fitted);
        Assert.Equal(law.Lambda, fitted.Lambda, tolerance: 1);
        Assert.Equal(law.Sigma, fitted.Sigma, tolerance: .001);
        Assert.Equal(law.Kappa, fitted.Kappa, tolerance: .0001);
    }

    [Fact]
    public void The_peak_is_the_most_it_can_do()
    {
        var law = new ScalabilityLaw(Lambda: 900, Sigma: .05, Kappa: .002);

        Assert.Equal(Enumerable.Range(1, 100).Max(n => law.At(n)), law.Peak, tolerance: law.Peak / 1_000);
    }

    [Fact]
    public void What_only_waits_in_line_has_an_upper_bound() =>
        Assert.Equal(1_000, new ScalabilityLaw(Lambda: 100, Sigma: .1, Kappa: 0).Peak);

    [Fact]
    public void Too_few_steps_fit_nothing() => Assert.Null(ScalabilityLaw.Fit([(1, 100), (2, 190)]));
}
