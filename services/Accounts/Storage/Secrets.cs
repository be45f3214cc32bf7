using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Microblog.Accounts.Storage;

/// <summary>Random secrets that are only ever looked up: of them, SHA-256 is stored and nothing else.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>256 random bits as 43 characters of base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Takes the same time wherever the difference is.</summary>
    public static bool Matches(string secret, byte[] hash) =>
        CryptographicOperations.FixedTimeEquals(Hash(secret), hash);
}
