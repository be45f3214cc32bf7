using System.Text;
using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// Asks the same through the client library: slower, and for a cluster, where only the library knows which server has
/// what. The first word after the command must be the key.
/// </summary>
internal static class RawByClient
{
    public static async Task<RawAnswer> Ask(RawCommands commands, IDatabase database) =>
        RawAnswer.Of(await Task.WhenAll(commands.Words().Select(words => Ask(words, database))));

    private static async Task<byte[]?[]> Ask(byte[][] words, IDatabase database)
    {
        var name = Encoding.ASCII.GetString(words[0]);
        // Its keys may be on different servers.
        if (name == "MGET")
            return Bytes(await Task.WhenAll(words.Skip(1).Select(key => database.StringGetAsync(key))));

        var reply = await database.ExecuteAsync(
            name, [(RedisKey)words[1], .. words.Skip(2).Select(word => (object)(RedisValue)word)]);
        return reply.IsNull ? [null] : Bytes((RedisValue[]?)reply ?? []);
    }

    private static byte[]?[] Bytes(RedisValue[] values) => Array.ConvertAll(values, value => (byte[]?)value);
}
