using System.Text.Json.Serialization;

namespace Microblog.Outage;

/// <summary>
/// Something a person wanted written, and how it was answered. One instance is filled by one task, and read by others
/// only when <see cref="IsDone"/>.
/// </summary>
/// <param name="Number">Rises in the order in which they were begun.</param>
/// <param name="Text">Of a post or reply: unlike any other, so that a second copy is recognised; else empty.</param>
/// <param name="Target">The post replied to, boosted, liked or deleted; null for a post.</param>
public sealed record Write(int Number, WriteKind Kind, Person Author, string Text, [property: JsonIgnore] Write? Target)
{
    /// <summary>Sent with the first request and with every repetition; null where the target is key enough.</summary>
    [JsonIgnore]
    public string? Key => Text.Length > 0 ? Text.Replace(' ', '-') : null;

    public bool MakesPost => Kind is WriteKind.Post or WriteKind.Reply or WriteKind.Boost;

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The answer to the first request.</summary>
    public Answer? First { get; set; }

    /// <summary>The answer to the last request; the same when nothing was repeated.</summary>
    public Answer? Last { get; set; }

    /// <summary>The answered post's id; null unless a post was made and answered with 200.</summary>
    public long? PostId { get; set; }

    /// <summary>When the last answer came.</summary>
    public DateTimeOffset AnsweredAt { get; set; }

    /// <summary>Set when somebody begins to delete the post made here; its answer says what came of it.</summary>
    [JsonIgnore]
    public Write? Deletion { get; set; }

    [JsonIgnore]
    public bool IsDone => Last is not null;

    [JsonIgnore]
    public bool IsAccepted => Last is { IsOk: true };

    [JsonIgnore]
    public bool IsAcceptedAtOnce => First is { IsOk: true };

    /// <summary>
    /// Whether nobody has tried to delete what it is about or has made. A reply outlives what it replies to.
    /// </summary>
    [JsonIgnore]
    public bool IsUndisturbed => Deletion is null && (Kind == WriteKind.Reply || Target?.Deletion is null);

    /// <summary>
    /// Whether its post was deleted meanwhile: by somebody else, or by its own first request, of which no answer came.
    /// </summary>
    [JsonIgnore]
    public bool IsMoot => Last is { Status: 404 } && Target?.Deletion is { } deletion
        && (deletion != this || First!.IsOpen);
}
