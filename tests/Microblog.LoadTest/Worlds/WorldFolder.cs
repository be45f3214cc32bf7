using System.Globalization;
using System.Text.Json;

namespace Microblog.LoadTest.Worlds;

/// <summary>
/// A world that outlives a run: <c>world.json</c> says what it was made from and where it is, <c>people.tsv</c> holds
/// the accounts with their tokens (for its owner only), <c>follows.bin</c> the graph. Other machines that share a run
/// get a copy of the folder.
/// </summary>
public sealed class WorldFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Description => Path.Combine(path, "world.json");

    private string People => Path.Combine(path, "people.tsv");

    private string Follows => Path.Combine(path, "follows.bin");

    /// <summary>The world that was made from this spec at this origin; null when there is none.</summary>
    public World? Find(WorldSpec spec, Uri origin)
    {
        if (!File.Exists(Description)
            || JsonSerializer.Deserialize<Made>(File.ReadAllText(Description)) != new Made(spec, origin))
            return null;

        using var follows = File.OpenRead(Follows);
        return new(spec, [.. File.ReadLines(People).Select(ReadPerson)], FollowGraph.Read(follows));
    }

    public void Keep(World world, Uri origin)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
        File.Delete(Description);
        File.WriteAllLines(
            People,
            world.People.Select(person => string.Create(
                CultureInfo.InvariantCulture, $"{person.Id}\t{person.Username}\t{person.Token}")));
        using (var follows = File.Create(Follows))
            world.Graph.Write(follows);
        // Last: without it the folder holds no world.
        File.WriteAllText(Description, JsonSerializer.Serialize(new Made(world.Spec, origin)));
    }

    private static Person ReadPerson(string line)
    {
        var words = line.Split('\t');
        return new(long.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2]);
    }

    private sealed record Made(WorldSpec Spec, Uri Origin);
}
