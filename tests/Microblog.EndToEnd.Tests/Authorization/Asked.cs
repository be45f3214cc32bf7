using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Microblog.EndToEnd.Tests.Authorization;

/// <summary>
/// Asks everything as everybody, once for all tests: first all that must be refused, and what is there before and after
/// it; then the rest, line by line and the owner last, who may delete what the others read.
/// </summary>
public sealed class Asked : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(Row, Caller), Answer> _answers = [];
    private RunningSystem? _system;
    private Cast? _cast;

    public static IReadOnlyList<Row> Rows { get; } =
        Row.ReadAll(Path.Combine(AppContext.BaseDirectory, "Authorization", "table.txt"));

    /// <summary>All that people can see of what they have, before anything was refused.</summary>
    public IReadOnlyList<string> Before { get; private set; } = [];

    /// <summary>The same when everything was refused and could have taken effect.</summary>
    public IReadOnlyList<string> After { get; private set; } = [];

    public Answer Answer(Row row, Caller caller) => _answers[(row, caller)];

    public async Task InitializeAsync()
    {
        _system = await RunningSystem.Get();
        _cast = await Cast.Gather(_system, Rows);
        await Possessions.Settle(_system);
        Before = await Possessions.Of(_cast);
        // In any order and all at once: none of it may have an effect.
        await Parallel.ForEachAsync(Cells(status => status >= 400), async (cell, _) => await Ask(cell));
        await Possessions.Settle(_system);
        After = await Possessions.Of(_cast);
        foreach (var cell in Cells(status => status < 400))
            await Ask(cell);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static IEnumerable<(Row Row, Caller Caller)> Cells(Func<int, bool> isExpected) =>
        from row in Rows
        from caller in Enum.GetValues<Caller>()
        where isExpected(row.Status(caller))
        select (row, caller);

    private async Task Ask((Row Row, Caller Caller) cell)
    {
        var (row, caller) = cell;
        using var request = new HttpRequestMessage(new(row.Method), Address(row));
        if (row.Method != "GET" && row.Fields.Length > 0)
        {
            request.Content = new StringContent(
                Filled(row), Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        }

        if (_cast!.Token(caller, row) is { } token)
            request.Headers.Authorization = new("Bearer", token);
        _answers[cell] = await Tests.Answer.Of(await _system!.WithoutRedirection.SendAsync(request));
    }

    private string Address(Row row)
    {
        var (open, close) = (row.Path.IndexOf('{'), row.Path.IndexOf('}'));
        var path = open < 0 ? row.Path : row.Path[..open] + _cast!.On(row) + row.Path[(close + 1)..];
        return row.Method == "GET" && row.Fields.Length > 0 ? $"{path}?{Filled(row)}" : path;
    }

    private string Filled(Row row) => row.Fields
        .Replace("{on}", _cast!.On(row), StringComparison.Ordinal)
        .Replace("{fresh}", RandomNumberGenerator.GetHexString(12, lowercase: true), StringComparison.Ordinal)
        .Replace("{owner}", _cast.Owner.Id, StringComparison.Ordinal)
        .Replace("{ownername}", _cast.Owner.Username, StringComparison.Ordinal)
        .Replace("{requester}", _cast.Requester.Id, StringComparison.Ordinal)
        .Replace("{host}", _system!.Origin.Authority, StringComparison.Ordinal);
}
