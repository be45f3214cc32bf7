using System.Diagnostics;

namespace Microblog.Bench.Reporting;

/// <summary>Which servers were installed.</summary>
public static class EngineVersions
{
    public static string Here() => string.Join(
        ", ",
        Package("redis-server"),
        Package("postgresql-15"),
        Package("rabbitmq-server"),
        Package("nginx"));

    private static string Package(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("dpkg-query", ["-W", "-f", "${Version}", name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var version = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return $"{name} {(version.Length > 0 ? version : "of unknown version")}";
    }
}
