using System.Text;
using Microblog.TestServers;

namespace Microblog.Fuzz;

/// <summary>One request as it goes out.</summary>
/// <param name="Index">Which of the run: the same seed and index make it again.</param>
/// <param name="Target">Path and query, as they stand in the request line.</param>
public sealed record Shot(
    int Index,
    Operation Operation,
    string Method,
    string Target,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body)
{
    /// <summary>Larger bodies cannot arrive whole: the gateway hangs up while they are sent.</summary>
    private const int BodyMax = 1_000_000;

    public bool IsTooLarge => Body?.Length > BodyMax;

    /// <summary>A command that sends it again; its body goes to a file.</summary>
    public string ToCurl(Uri origin)
    {
        var command = new StringBuilder($"curl -i --path-as-is -X {Quoted(Method)}");
        foreach (var (name, value) in Headers)
            command.Append(' ').Append("-H ").Append(Quoted($"{name}: {value}"));
        if (Body is not null)
        {
            var file = Path.Combine(Repository.Root, "artifacts", "fuzz", $"{Index}.body");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, Body);
            command.Append(" --data-binary ").Append(Quoted($"@{file}"));
        }

        return command.Append(' ').Append(Quoted(origin.GetLeftPart(UriPartial.Authority) + Target)).ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
