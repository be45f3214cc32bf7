namespace Microblog.Timeline.Storage;

/// <summary>What the entries of a list say together, whatever the order in which they came and however often.</summary>
internal sealed class NotificationLog
{
    private readonly Dictionary<long, NotificationEntry> _entries = [];
    private readonly HashSet<long> _dismissed = [];
    private readonly Dictionary<(long ActorId, long PostId), long> _latestFavourites = [];
    private readonly long _clearedUpTo;

    public NotificationLog(IEnumerable<NotificationEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind == NotificationKind.Clearance)
                _clearedUpTo = Math.Max(_clearedUpTo, entry.Id);
            else if (entry.Kind == NotificationKind.Dismissal)
                _dismissed.Add(entry.Id);
            else
                Add(entry);
        }
    }

    /// <summary>Ids of what was to be shown at some time, in any order.</summary>
    public IEnumerable<long> Ids => _entries.Keys;

    /// <summary>Null when there is none, or it was taken back, dismissed or cleared.</summary>
    public NotificationEntry? Find(long id) =>
        _entries.TryGetValue(id, out var entry) && Shows(entry) ? entry : null;

    /// <summary>Whether the log lets an entry stand, its own or one from elsewhere.</summary>
    public bool Shows(NotificationEntry entry) => entry.Id > _clearedUpTo
        && !_dismissed.Contains(entry.Id)
        && (entry.Kind != NotificationKind.Favourite
            || _latestFavourites.GetValueOrDefault((entry.ActorId, entry.PostId)) <= entry.Id);

    private void Add(NotificationEntry entry)
    {
        if (entry.IsShown)
            _entries[entry.Id] = entry;
        if (entry.Kind is NotificationKind.Favourite or NotificationKind.Unfavourite)
        {
            var favourite = (entry.ActorId, entry.PostId);
            _latestFavourites[favourite] = Math.Max(_latestFavourites.GetValueOrDefault(favourite), entry.Id);
        }
    }
}
