using System.Text.Json;
using Microblog.Contracts.FanOut;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.ServiceDefaults.Tests.Messaging;

public sealed class PackedIdsTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new PackedIds() } };

    public static TheoryData<long[]> Lists =>
    [
        [],
        [1],
        [.. Enumerable.Range(0, 16).Select(i => (long)i)],
        [.. Enumerable.Range(0, 17).Select(i => 115_000_000_000_000_000 + (1024L * i))],
        [.. Enumerable.Range(0, 100).Select(i => long.MaxValue - ((long)i * i))],
        [.. Enumerable.Repeat(7L, 40)],
        [long.MinValue, long.MaxValue, .. Enumerable.Range(0, 20).Select(i => (long)-i), 0, long.MaxValue],
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Ids_come_out_as_they_went_in(long[] ids)
    {
        var written = JsonSerializer.Serialize(new Delivery(1, ids), Options);

        Assert.Equal(ids, JsonSerializer.Deserialize<Delivery>(written, Options)!.ReaderIds);
    }

    [Fact]
    public void An_array_of_whatever_length_is_understood()
    {
        long[] ids = [.. Enumerable.Range(1, 1_000).Select(i => (long)i << 16)];

        var written = JsonSerializer.Serialize(new Delivery(1, ids));

        Assert.Equal(ids, JsonSerializer.Deserialize<Delivery>(written, Options)!.ReaderIds);
    }

    [Fact]
    public void Readers_who_joined_within_a_year_take_less_than_half()
    {
        long[] ids = [.. Enumerable.Range(1, 4_000).Select(i => 115_000_000_000_000_000 + (i * 500_000_000_000))];

        var packed = JsonSerializer.Serialize(ids as IReadOnlyList<long>, Options);
        var plain = JsonSerializer.Serialize(ids);

        Assert.InRange(packed.Length, 1, plain.Length / 2);
    }
}
