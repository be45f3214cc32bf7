namespace Microblog.Admin;

/// <summary>What the process ends with.</summary>
internal static class ExitStatus
{
    public const int Fine = 0;

    /// <summary>There are differences, or something could not be done.</summary>
    public const int Failed = 1;

    /// <summary>Nobody knows what was meant.</summary>
    public const int BadUse = 2;

    /// <summary>As shells have it after Ctrl-C.</summary>
    public const int Interrupted = 130;
}
