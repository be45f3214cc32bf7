using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Accounts.Storage;

/// <summary>
/// Shows people their own account, with what only they may know. Clients ask for it first, and so it is there without
/// Redis, only without the counts that are in it.
/// </summary>
internal sealed class Credentials(AccountDirectory directory, AccountRenderer renderer)
{
    /// <summary>The account as it is in <paramref name="person"/>, whatever the snapshot in Redis says.</summary>
    public async Task<CredentialAccount> Of(User person, HttpContext http)
    {
        var profile = person.ToProfile();
        var snapshot = await Counted(person.Id, http)
            ?? new(profile, Followers: 0, Following: 0, Posts: 0, LastPostOn: null);
        return CredentialAccount.For(renderer.Render(snapshot with { Profile = profile }), SourceOf(person));
    }

    private async Task<AccountSnapshot?> Counted(long accountId, HttpContext http)
    {
        try
        {
            var found = await directory.Find([accountId], http.RequestAborted);
            return found.GetValueOrDefault(accountId);
        }
        catch (RedisAwayException)
        {
            StandbyHeader.Mark(http, "redis");
            return null;
        }
        catch (BrokerAwayException)
        {
            StandbyHeader.Mark(http, "rabbitmq");
            return null;
        }
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
