using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Microblog.LoadTest;

/// <summary>What came back from one request.</summary>
/// <param name="Status">0 when the connection broke, 1 when nothing came before the deadline.</param>
/// <param name="At">When it had come, as <see cref="Stopwatch.GetTimestamp"/> counts.</param>
public sealed record Answer(int Status, byte[] Body, long At)
{
    public static Answer Broken => new(0, [], Stopwatch.GetTimestamp());

    public static Answer Late => new(1, [], Stopwatch.GetTimestamp());

    public bool IsOk => Status == 200;

    /// <summary>For the table of errors; null for none.</summary>
    public string? Error => Status switch
    {
        200 => null,
        0 => "connection broken",
        1 => "no answer in time",
        _ => string.Create(CultureInfo.InvariantCulture, $"status {Status}"),
    };

    /// <summary>The answered entity's id.</summary>
    public long Id() => Ids(isList: false)[0];

    /// <summary>Ids of the entities in the answered list, in its order.</summary>
    public IReadOnlyList<long> Ids() => Ids(isList: true);

    // Nothing but the ids is wanted, and pages are large: no tree is built of them.
    private List<long> Ids(bool isList)
    {
        var ids = new List<long>();
        var reader = new Utf8JsonReader(Body);
        var depth = isList ? 2 : 1;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth)
                continue;
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId)
                ids.Add(long.Parse(reader.GetString()!, CultureInfo.InvariantCulture));
            else
                reader.Skip();
        }

        return ids;
    }
}
