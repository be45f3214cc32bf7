using System.Collections.Concurrent;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// The revoked tokens that have not yet ended by themselves, in this process's memory, so that no request asks anybody.
/// Filled from Redis at start and every half minute, and in between by the <c>TokenRevoked</c> message.
/// </summary>
public sealed class RevokedTokenList
{
    private readonly ConcurrentDictionary<long, DateTimeOffset> _expiresAt = [];

    public bool Contains(long tokenId) => _expiresAt.ContainsKey(tokenId);

    /// <summary>Refuses the token from now on. Doing it twice changes nothing.</summary>
    public void Add(long tokenId, DateTimeOffset expiresAt) => _expiresAt[tokenId] = expiresAt;

    /// <summary>Drops the tokens that are over by themselves.</summary>
    internal void Forget(DateTimeOffset now)
    {
        foreach (var (tokenId, _) in _expiresAt.Where(token => token.Value < now))
            _expiresAt.TryRemove(tokenId, out _);
    }
}
