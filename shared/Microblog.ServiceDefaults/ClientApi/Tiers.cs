namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>Kinds of callers with limits of their own; <see cref="Caller.Tier"/> names one.</summary>
public static class Tiers
{
    /// <summary>Whoever shows no token of a person.</summary>
    public const string Anonymous = "anonymous";
    public const string Person = "person";

    /// <summary>An account that posts much, such as a news desk.</summary>
    public const string Outlet = "outlet";
    public const string Operator = "operator";

    internal static IReadOnlyList<string> All { get; } = [Anonymous, Person, Outlet, Operator];
}
