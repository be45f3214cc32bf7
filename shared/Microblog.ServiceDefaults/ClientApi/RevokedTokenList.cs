using System.Collections.Concurrent;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// The revoked tokens that have not yet ended by themselves, in this process's memory, so that no request asks anybody.
/// Filled from Redis at start and whenever there are more of them, and at once by the <c>TokenRevoked</c> message.
/// </summary>
public sealed class RevokedTokenList
{
    private readonly ConcurrentDictionary<long, DateTimeOffset> _expiresAt = [];

    private volatile bool _isComplete;

    /// <summary>
    /// Whether what was revoked before this process began is known. Until then a token may be a revoked one, and
    /// nobody can tell.
    /// </summary>
    public bool IsComplete => _isComplete;

    public bool Contains(long tokenId) => _expiresAt.ContainsKey(tokenId);

    /// <summary>Refuses the token from now on. Doing it twice changes nothing.</summary>
    public void Add(long tokenId, DateTimeOffset expiresAt) => _expiresAt[tokenId] = expiresAt;

    /// <summary>All that were revoked before are in it now.</summary>
    internal void Complete() => _isComplete = true;

    /// <summary>Drops the tokens that are over by themselves.</summary>
    internal void Forget(DateTimeOffset now)
    {
        foreach (var (tokenId, _) in _expiresAt.Where(token => token.Value < now))
            _expiresAt.TryRemove(tokenId, out _);
    }
}
