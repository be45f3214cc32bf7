using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Microblog.ServiceDefaults.ClientApi.Limiting;

/// <summary>
/// The limit of each bucket for each tier: Mastodon's numbers, an outlet's ten times and an operator's a hundred times
/// as high, each replaced by configuration.
/// </summary>
internal sealed class RateLimitSettings
{
    public const string Section = "RateLimits";

    private static readonly TimeSpan WindowMax = TimeSpan.FromDays(31);

    private readonly Dictionary<(string Tier, string Bucket), Limit> _limits;

    private RateLimitSettings(bool isEnabled, Dictionary<(string Tier, string Bucket), Limit> limits)
    {
        IsEnabled = isEnabled;
        _limits = limits;
    }

    public bool IsEnabled { get; }

    /// <summary>A tier that nobody configured counts as a person's.</summary>
    public Limit Of(string tier, string bucket) =>
        _limits.GetValueOrDefault((tier, bucket)) ?? _limits[(Tiers.Person, bucket)];

    /// <exception cref="InvalidOperationException">A tier or bucket is misspelt, or a number out of bounds.</exception>
    public static RateLimitSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        RefuseUnknown(section, [.. Tiers.All, "Enabled"]);

        var limits = new Dictionary<(string, string), Limit>();
        foreach (var tier in Tiers.All)
        {
            RefuseUnknown(section.GetSection(tier), RateLimits.All);
            foreach (var bucket in RateLimits.All)
                limits[(tier, bucket)] = Read(section.GetSection($"{tier}:{bucket}"), Default(tier, bucket));
        }

        return new(section.GetValue("Enabled", defaultValue: true), limits);
    }

    private static Limit Default(string tier, string bucket)
    {
        var factor = tier switch { Tiers.Outlet => 10, Tiers.Operator => 100, _ => 1 };
        var (permits, window) = bucket switch
        {
            RateLimits.Api => (tier == Tiers.Anonymous ? 300 : 1_500, TimeSpan.FromMinutes(5)),
            RateLimits.ApiPerToken => (300, TimeSpan.FromMinutes(5)),
            RateLimits.Paging => (300, TimeSpan.FromMinutes(15)),
            RateLimits.Posts => (300, TimeSpan.FromHours(3)),
            RateLimits.Deletes => (30, TimeSpan.FromMinutes(30)),
            RateLimits.Follows => (400, TimeSpan.FromHours(24)),
            RateLimits.Media => (30, TimeSpan.FromMinutes(30)),
            RateLimits.AppRegistration => (5, TimeSpan.FromMinutes(10)),
            RateLimits.SignUp => (5, TimeSpan.FromMinutes(30)),
            RateLimits.Login => (25, TimeSpan.FromMinutes(5)),
            RateLimits.LoginPerName => (25, TimeSpan.FromHours(1)),
            _ => throw new InvalidOperationException($"The rate limit '{bucket}' has no default."),
        };
        return new(permits * factor, window);
    }

    private static Limit Read(IConfigurationSection section, Limit fallback)
    {
        var limit = new Limit(
            section.GetValue("Permits", fallback.Permits),
            section.GetValue("Window", fallback.Window));
        if (limit.Permits < 1 || limit.Window < TimeSpan.FromSeconds(1) || limit.Window > WindowMax)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{section.Path}: Permits must be at least 1 and Window between 1 second and {WindowMax.Days} days."));
        }

        return limit;
    }

    private static void RefuseUnknown(IConfigurationSection section, IReadOnlyList<string> known)
    {
        var unknown = section.GetChildren()
            .FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
            throw new InvalidOperationException($"Unknown setting {unknown.Path}; known: {string.Join(", ", known)}.");
    }
}
