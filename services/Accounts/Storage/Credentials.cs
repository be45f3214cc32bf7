using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;

namespace Microblog.Accounts.Storage;

/// <summary>Shows people their own account, with what only they may know.</summary>
internal sealed class Credentials(AccountDirectory directory, AccountRenderer renderer)
{
    /// <summary>The account as it is in <paramref name="person"/>, whatever the snapshot in Redis says.</summary>
    public async Task<CredentialAccount> Of(User person, CancellationToken cancellationToken)
    {
        var found = await directory.Find([person.Id], cancellationToken);
        var profile = person.ToProfile();
        var snapshot = found.TryGetValue(person.Id, out var known)
            ? known with { Profile = profile }
            : new AccountSnapshot(profile, Followers: 0, Following: 0, Posts: 0, LastPostOn: null);
        return CredentialAccount.For(renderer.Render(snapshot), SourceOf(person));
    }

    private static CredentialSource SourceOf(User person) => new(
        person.Note,
        [.. person.FieldNames.Zip(person.FieldValues, (name, value) => new AccountField(name, value))],
        person.DefaultVisibility,
        person.DefaultSensitive,
        person.DefaultLanguage,
        FollowRequestsCount: 0,
        HideCollections: null,
        person.Discoverable,
        Indexable: person.Discoverable,
        AttributionDomains: []);
}
