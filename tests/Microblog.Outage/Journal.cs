using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microblog.Outage;

/// <summary>Every request and how it was answered, in memory and, a line of JSON each, in a file.</summary>
public sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly Lock _lock = new();
    private readonly List<Write> _writes = [];
    private readonly List<Read> _reads = [];
    private readonly StreamWriter _file;

    public Journal(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new(path) { AutoFlush = true };
    }

    public IReadOnlyList<Write> Writes
    {
        get
        {
            lock (_lock)
                return [.. _writes];
        }
    }

    public IReadOnlyList<Read> Reads
    {
        get
        {
            lock (_lock)
                return [.. _reads];
        }
    }

    public void Dispose() => _file.Dispose();

    public void Add(Write write)
    {
        lock (_lock)
        {
            _writes.Add(write);
            _file.WriteLine(JsonSerializer.Serialize(new
            {
                write.Number,
                write.Kind,
                write.StartedAt,
                write.AnsweredAt,
                Author = write.Author.Name,
                write.Text,
                Target = write.Target?.PostId,
                FirstStatus = write.First!.Status,
                FirstMilliseconds = write.First.Took.TotalMilliseconds,
                write.Last!.Status,
                write.PostId,
                write.Last.Standby,
            }, Json));
        }
    }

    public void Add(Read read)
    {
        lock (_lock)
        {
            _reads.Add(read);
            _file.WriteLine(JsonSerializer.Serialize(read, Json));
        }
    }

    public void Add(string note)
    {
        lock (_lock)
            _file.WriteLine(JsonSerializer.Serialize(new { note }, Json));
    }
}
