using System.Globalization;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.Extensions.Options;

namespace Microblog.ClientEntities;

/// <summary>Turns account snapshots into the accounts that clients see.</summary>
public sealed class AccountRenderer(AccountDirectory accounts, IOptions<OriginOptions> options)
{
    private readonly string _origin = options.Value.Origin;

    /// <summary>The accounts in the order given; unknown ids are left out.</summary>
    public async Task<IReadOnlyList<Account>> Render(
        IReadOnlyList<long> accountIds,
        CancellationToken cancellationToken)
    {
        var found = await accounts.Find(accountIds, cancellationToken);
        return [.. accountIds.Where(found.ContainsKey).Select(id => Render(found[id]))];
    }

    public Account Render(AccountSnapshot snapshot)
    {
        var profile = snapshot.Profile;
        return new(
            Id: profile.AccountId.ToString(CultureInfo.InvariantCulture),
            Username: profile.Username,
            Acct: profile.Username,
            DisplayName: profile.DisplayName,
            Locked: profile.Locked,
            Bot: profile.Bot,
            Discoverable: profile.Discoverable,
            Indexable: profile.Discoverable,
            Group: false,
            Noindex: !profile.Discoverable,
            CreatedAt: new(profile.CreatedAt.UtcDateTime.Date, TimeSpan.Zero),
            Note: profile.Note,
            Url: $"{_origin}/@{profile.Username}",
            Uri: $"{_origin}/users/{profile.Username}",
            Avatar: $"{_origin}/avatars/missing.png",
            AvatarStatic: $"{_origin}/avatars/missing.png",
            Header: $"{_origin}/headers/missing.png",
            HeaderStatic: $"{_origin}/headers/missing.png",
            FollowersCount: snapshot.Followers,
            FollowingCount: snapshot.Following,
            StatusesCount: snapshot.Posts,
            LastStatusAt: snapshot.LastPostOn,
            HideCollections: null,
            Emojis: [],
            Fields: [.. profile.Fields.Select(field => new AccountField(field.Name, field.Value))],
            Roles: []);
    }
}
