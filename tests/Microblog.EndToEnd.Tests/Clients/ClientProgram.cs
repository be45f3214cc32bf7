using System.Diagnostics;

namespace Microblog.EndToEnd.Tests.Clients;

/// <summary>Runs a client that nobody here wrote, with a configuration folder of its own.</summary>
internal sealed class ClientProgram(string program, string configurationFolder)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>What it printed; a failure or a hang fails the test with its output.</summary>
    public Task<string> Run(IReadOnlyList<string> arguments, string input = "") => Run(program, arguments, input);

    /// <summary>The same, in a terminal as a person would have it.</summary>
    public Task<string> RunInTerminal(string arguments, string input) =>
        Run("script", ["-qec", $"{program} {arguments}", "/dev/null"], input);

    private async Task<string> Run(string program, IReadOnlyList<string> arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["XDG_CONFIG_HOME"] = configurationFolder,
                ["PYTHONIOENCODING"] = "utf-8",
                ["PYTHONWARNINGS"] = "ignore",
            },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Deadline);
        var said = await output + await errors;
        Assert.True(
            process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        return said;
    }
}
