using System.Diagnostics;

namespace Microblog.TestServers;

/// <summary>The working copy that the running tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds Microblog.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Runs a program given by its path below <see cref="Root"/> and returns what it printed.
    /// </summary>
    /// <exception cref="ProgramFailedException">It ended with another code than 0.</exception>
    public static async Task<string> Run(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        if (process.ExitCode != 0)
            throw new ProgramFailedException(
                $"{program} ended with {process.ExitCode}: {await errors}{Environment.NewLine}{await output}");

        return await output;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Microblog.sln")))
            folder = folder.Parent;

        return folder?.FullName
            ?? throw new InvalidOperationException($"No Microblog.sln above {AppContext.BaseDirectory}");
    }
}
