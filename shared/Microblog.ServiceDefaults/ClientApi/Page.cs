namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Which part of a list is wanted. <paramref name="MaxId"/>: ids below it. <paramref name="SinceId"/>: ids above it,
/// newest first, a gap allowed. <paramref name="MinId"/>: the ids directly above it. All are exclusive.
/// </summary>
public sealed record Page(long? MaxId, long? SinceId, long? MinId, int Limit)
{
    public const int DefaultLimit = 20;
    public const int LimitMax = 40;

    /// <summary>
    /// Clamps the limit. A cursor beyond 64 bits is the largest id there can be; what is no number is 400 naming the
    /// field.
    /// </summary>
    public static Page Read(RequestFields fields, int fallback = DefaultLimit, int max = LimitMax) => new(
        // Nothing lies above the largest id, so that as an upper bound it bounds nothing.
        fields.Number("max_id") is { } maxId and < long.MaxValue ? maxId : null,
        fields.Number("since_id"),
        fields.Number("min_id"),
        fields.Limit(fallback, max));
}
