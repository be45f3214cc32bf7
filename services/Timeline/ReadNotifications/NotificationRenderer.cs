using System.Globalization;
using Microblog.ClientEntities;
using Microblog.ServiceDefaults.Ids;

namespace Microblog.Timeline.ReadNotifications;

/// <summary>Turns notifications into what clients see; what has lost its account or its post is left out.</summary>
internal sealed class NotificationRenderer(StatusRenderer statuses, AccountRenderer accounts)
{
    public async Task<IReadOnlyList<Notification>> Render(
        PageOfNotifications page,
        long accountId,
        CancellationToken cancellationToken)
    {
        var shown = page.Entries.Select(entry => entry.PostId).Where(page.Posts.ContainsKey).Distinct().ToArray();
        var rendered = statuses.Render([.. shown.Select(id => page.Posts[id])], accountId, cancellationToken);
        var actors = accounts.Render([.. page.Entries.Select(entry => entry.ActorId).Distinct()], cancellationToken);
        await Task.WhenAll(rendered, actors);
        var statusesById = (await rendered).ToDictionary(status => status.Id);
        var actorsById = (await actors).ToDictionary(actor => actor.Id);

        return
        [
            .. from entry in page.Entries
               let id = Text(entry.Id)
               let actor = actorsById.GetValueOrDefault(Text(entry.ActorId))
               let status = statusesById.GetValueOrDefault(Text(entry.PostId))
               where actor is not null && (entry.PostId == 0 || status is not null)
               select new Notification(
                   id,
                   NotificationQuery.NameOf(entry.Kind),
                   $"ungrouped-{id}",
                   IdSequence.CreatedAt(entry.Id),
                   actor,
                   status),
        ];
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
