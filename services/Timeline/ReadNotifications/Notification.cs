using System.Text.Json.Serialization;
using Microblog.ClientEntities.Entities;

namespace Microblog.Timeline.ReadNotifications;

/// <summary>A notification as clients see it.</summary>
/// <param name="Type">mention, reblog, favourite or follow.</param>
/// <param name="Status">The post it is about; absent for a follow.</param>
internal sealed record Notification(
    string Id,
    string Type,
    string GroupKey,
    DateTimeOffset CreatedAt,
    Account Account,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Status? Status);
