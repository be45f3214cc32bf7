using System.Globalization;
using Microblog.Bench.Systems;
using Microblog.Keyspaces;

namespace Microblog.Bench.Peers;

/// <summary>Timelines as sorted sets of 800 ids, as Mastodon and DeathStarBench have them.</summary>
internal static class SortedSets
{
    public static async Task Fill(string settings, IReadOnlyList<string> keys)
    {
        using var raw = await RespClient.Connect(settings);
        const string Model = "bench:sorted";
        for (var i = 1; i <= TimelineLists.EntriesMax; i++)
        {
            var id = Text(((long)i << 40) + 100_000_000_000_000_000);
            raw.Add("ZADD", Model, id, id);
        }

        await raw.Run();
        using var filler = await TimelineFiller.Connect(settings, TimeProvider.System);
        await filler.Copy(Model, keys);
        raw.Add("DEL", Model);
        await raw.Run();
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
