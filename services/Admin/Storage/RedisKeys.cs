using System.Globalization;
using System.Runtime.CompilerServices;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Admin.Storage;

/// <summary>Finds keys by how they begin. Of a Redis Cluster it sees one node only.</summary>
internal static class RedisKeys
{
    private const int KeysPerScan = 1_000;

    /// <summary>The ids in all keys <c>{prefix}:{id}</c>, in pages; one that moves meanwhile may come twice.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<long>> Ids(
        RedisGateway redis,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = "0";
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = (RedisResult[]?)await redis.Run(store => store.ExecuteAsync(
                "SCAN", cursor, "MATCH", prefix + ":*", "COUNT", KeysPerScan)) ?? [];
            cursor = ((RedisValue)answer[0]).ToString();
            var ids = ((RedisValue[]?)answer[1] ?? [])
                .Select(key => key.ToString()[(prefix.Length + 1)..])
                .Where(rest => long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(rest => long.Parse(rest, CultureInfo.InvariantCulture))
                .ToArray();
            if (ids.Length > 0)
                yield return ids;
        }
        while (cursor != "0");
    }
}
