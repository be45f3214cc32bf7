using Microblog.ServiceDefaults.ClientApi;
using Microblog.Timeline.Storage;

namespace Microblog.Timeline.ReadNotifications;

/// <summary>Which notifications are wanted.</summary>
/// <param name="Kinds">Those left after <c>types</c> and <c>exclude_types</c>.</param>
/// <param name="ActorId">Only those about what this account did; null for everybody's.</param>
internal sealed record NotificationQuery(IReadOnlySet<NotificationKind> Kinds, long? ActorId)
{
    public static readonly NotificationQuery Everything = new(
        new HashSet<NotificationKind>
        {
            NotificationKind.Mention,
            NotificationKind.Reblog,
            NotificationKind.Favourite,
            NotificationKind.Follow,
        },
        ActorId: null);

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Texts("types", "Only these: mention, reblog, favourite, follow. Unknown ones match nothing."),
        Field.Texts("exclude_types", "None of these."),
        Field.Id("account_id", "Only about what this account did."),
    ];

    public static NotificationQuery Read(RequestFields fields)
    {
        var types = fields.Texts("types");
        var excluded = fields.Texts("exclude_types");
        return new(
            Everything.Kinds
                .Where(kind => types.Count == 0 || types.Contains(NameOf(kind)))
                .Where(kind => !excluded.Contains(NameOf(kind)))
                .ToHashSet(),
            fields.Id("account_id"));
    }

    /// <summary>The client's word for it.</summary>
    public static string NameOf(NotificationKind kind) => kind.ToString().ToLowerInvariant();

    public bool Wants(NotificationEntry entry) =>
        Kinds.Contains(entry.Kind) && (ActorId is null || ActorId == entry.ActorId);
}
