using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Rebuilds a notification list that is missing or unfinished, in the steps of <see cref="TimelineRebuilder"/>: the
/// list comes first, so that what happens from then on is appended, and what was stored is put before it.
/// </summary>
internal sealed class NotificationRebuilder(
    RedisGateway redis,
    RebuildTurns turns,
    NotificationLists lists,
    NotificationMarks marks,
    StoreProgress progress)
{
    /// <summary>Returns false when somebody else is rebuilding the list.</summary>
    public Task<bool> Rebuild(long accountId, NotificationFacts facts, CancellationToken cancellationToken) =>
        turns.Take(NotificationLists.Key(accountId), deadline => Run(accountId, facts, deadline), cancellationToken);

    private async Task<bool> Run(long accountId, NotificationFacts facts, CancellationToken cancellationToken)
    {
        var key = NotificationLists.Key(accountId);
        var lifetime = (long)TimelineLists.Lifetime.TotalSeconds;
        await Evaluate(RebuildScripts.Begin, key, [TimelineLists.Unfinished, lifetime]);
        await lists.AnnounceRebuild(accountId);
        var isBehind = await progress.MayBeBehind();
        var found = await facts.Below(long.MaxValue, above: 0, NotificationLists.EntriesMax, cancellationToken);
        // What was cleared is not among the facts, so that nothing older than these exists.
        var finished = found.Count < NotificationLists.EntriesMax ? TimelineLists.Complete : RedisValue.EmptyString;
        // Kept in the list too, for what is delivered once more or late.
        var cleared = await marks.ClearedUpTo(accountId, cancellationToken);
        var entries = facts.Known.Values.OrderBy(entry => entry.Id)
            .Concat(facts.Dismissals)
            .Prepend(NotificationEntry.ClearingUpTo(cleared));
        await Evaluate(RebuildScripts.Prepend, key,
        [
            TimelineLists.Unfinished,
            isBehind ? TimelineLists.Unfinished : finished,
            lifetime,
            .. entries.Select(entry => (RedisValue)entry.ToString()),
        ]);
        return !isBehind;
    }

    private Task<RedisResult> Evaluate(string script, string key, RedisValue[] arguments) => redis.Run(store =>
        store.ScriptEvaluateAsync(script, [key], arguments, CommandFlags.NoScriptCache));
}
