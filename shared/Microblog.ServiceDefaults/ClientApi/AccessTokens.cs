using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microblog.ServiceDefaults.Memory;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Access tokens: tickets protected by Data Protection with the key ring that all services share, so that each can
/// verify one without asking anybody. Made of <c>[A-Za-z0-9_-]</c> only, which browsers require of a WebSocket's
/// sub-protocol.
/// </summary>
public sealed class AccessTokens(IDataProtectionProvider protection, IOptions<ClientApiOptions> options)
{
    private const string Purpose = "Microblog.AccessToken";
    private const string Scheme = "Bearer";

    /// <summary>
    /// Characters a token may have, far more than any that was issued: longer ones are not decrypted.
    /// </summary>
    private const int LengthMax = 4_096;

    /// <summary>Tokens whose contents one process remembers, some 500 bytes each.</summary>
    private const int TokensInMemoryMax = 20_000;

    /// <summary>So often a token is decrypted all the same: a key that was taken away must not open it.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly TicketDataFormat _tickets = new(protection.CreateProtector(Purpose));
    private readonly RecentlyUsed<UInt128, Opened> _opened = new(TokensInMemoryMax);

    /// <summary>A token for this caller, valid from <paramref name="now"/> to <see cref="ExpiresAt"/>.</summary>
    public string Issue(Caller caller, DateTimeOffset now)
    {
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = ExpiresAt(now) };
        return _tickets.Protect(new(new(new ClaimsIdentity(Claims(caller), Scheme)), properties, Scheme));
    }

    /// <summary>When a token issued then ends by itself.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset issuedAt) => issuedAt + options.Value.TokenLifetime;

    /// <summary>
    /// Whom the token stands for; null when it is forged, truncated or over. Whether it was revoked is for
    /// <see cref="RevokedTokenList"/> to say.
    /// </summary>
    public Caller? Read(string token, DateTimeOffset now)
    {
        if (token.Length > LengthMax)
            return null;

        var hash = Hash(token);
        if (!_opened.TryGet(hash, out var opened) || opened.At + Memory <= now || now < opened.At)
        {
            opened = Open(token, now);
            // What is forged is not remembered: there is no end of it.
            if (opened is not null)
                _opened.Keep(hash, opened);
        }

        return opened?.ExpiresAt > now ? opened.Caller : null;
    }

    private Opened? Open(string token, DateTimeOffset now)
    {
        if (Unprotect(token) is not { Properties.ExpiresUtc: { } expiresAt } ticket)
            return null;

        var user = ticket.Principal;
        return new(
            new(
                Number(user, ShortClaims.AccountId),
                user.FindFirstValue(ShortClaims.Username) ?? "",
                Number(user, ShortClaims.TokenId),
                Number(user, ShortClaims.ApplicationId),
                user.FindFirstValue(ShortClaims.ApplicationName),
                user.FindFirstValue(ShortClaims.ApplicationWebsite),
                Scopes.Parse(user.FindFirstValue(ShortClaims.Scopes)),
                user.FindFirstValue(ShortClaims.Tier) ?? Tiers.Person),
            expiresAt,
            now);
    }

    /// <summary>Stands for the token, so that no token is kept that somebody could find in a dump.</summary>
    private static UInt128 Hash(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private AuthenticationTicket? Unprotect(string token)
    {
        try
        {
            return _tickets.Unprotect(token);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<Claim> Claims(Caller caller)
    {
        yield return new(ShortClaims.AccountId, Text(caller.AccountId));
        yield return new(ShortClaims.Username, caller.Username);
        yield return new(ShortClaims.TokenId, Text(caller.TokenId));
        yield return new(ShortClaims.ApplicationId, Text(caller.ApplicationId));
        yield return new(ShortClaims.Scopes, Scopes.Format(caller.Scopes));
        yield return new(ShortClaims.Tier, caller.Tier);
        if (caller.ApplicationName is { } name)
            yield return new(ShortClaims.ApplicationName, name);
        if (caller.ApplicationWebsite is { } website)
            yield return new(ShortClaims.ApplicationWebsite, website);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static long Number(ClaimsPrincipal user, string claim) =>
        long.Parse(user.FindFirstValue(claim)!, CultureInfo.InvariantCulture);

    /// <param name="At">When it was decrypted.</param>
    private sealed record Opened(Caller Caller, DateTimeOffset ExpiresAt, DateTimeOffset At);

    /// <summary>One letter each: every request carries the token.</summary>
    private static class ShortClaims
    {
        public const string AccountId = "a";
        public const string Username = "u";
        public const string TokenId = "t";
        public const string ApplicationId = "c";
        public const string ApplicationName = "n";
        public const string ApplicationWebsite = "w";
        public const string Scopes = "s";
        public const string Tier = "k";
    }
}
