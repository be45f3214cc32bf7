using System.Buffers;
using System.Diagnostics;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>
/// A connection that many callers share: what is asked while something is being sent goes out together, and Redis
/// answers in the order in which it was asked. When anything goes wrong, all who wait are told, and it is of no more
/// use: nobody may ever be given the answer to somebody else's question.
/// </summary>
/// <remarks>What waits is bounded by the requests that a service has under way.</remarks>
internal sealed class RawPipeline : IDisposable
{
    private const int ReceivedAtFirst = 64 * 1024;

    /// <summary>An answer is far smaller: a whole timeline is 20 KB.</summary>
    private const int AnswerMax = 64 * 1024 * 1024;

    /// <summary>So much later than its deadline an answer may be given up: that spares a timer for each.</summary>
    private const int LooksPerDeadline = 10;

    private readonly RawConnection _connection;
    private readonly TimeSpan _deadline;
    private readonly Lock _lock = new();
    private readonly Queue<Question> _unanswered = new();
    private readonly RawAnswerReader _reader = new();
    private ArrayBufferWriter<byte> _waiting = new(ReceivedAtFirst);
    private ArrayBufferWriter<byte> _sent = new(ReceivedAtFirst);
    private bool _isSending;
    private Exception? _failure;

    /// <param name="deadline">Without an answer for so long, the connection is given up.</param>
    public RawPipeline(RawConnection connection, TimeSpan deadline)
    {
        (_connection, _deadline) = (connection, deadline);
        _ = UntilBroken(Receive);
        _ = UntilBroken(Watch);
    }

    public bool IsBroken
    {
        get
        {
            lock (_lock)
                return _failure is not null;
        }
    }

    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="RawErrorException">Redis refused a command.</exception>
    public Task<RawAnswer> Ask(RawCommands commands)
    {
        if (commands.Count == 0)
            return Task.FromResult(RawAnswer.Of([]));

        var question = new Question(commands.Count);
        lock (_lock)
        {
            if (_failure is not null)
                return Task.FromException<RawAnswer>(Broken(_failure));
            _waiting.Write(commands.Bytes.Span);
            _unanswered.Enqueue(question);
            if (_isSending)
                return question.Task;
            _isSending = true;
        }

        // Elsewhere: meanwhile others ask, and what they ask travels with it.
        ThreadPool.UnsafeQueueUserWorkItem(
            static pipeline => _ = pipeline.UntilBroken(pipeline.Send), this, preferLocal: false);
        return question.Task;
    }

    public void Dispose() => Break(new ObjectDisposedException(nameof(RawPipeline)));

    private async Task Send()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_waiting.WrittenCount == 0)
                {
                    _isSending = false;
                    return;
                }

                (_waiting, _sent) = (_sent, _waiting);
            }

            await _connection.Stream.WriteAsync(_sent.WrittenMemory);
            _sent.ResetWrittenCount();
        }
    }

    private async Task Receive()
    {
        var received = new byte[ReceivedAtFirst];
        var (start, end) = (0, 0);
        Question? question = null;
        while (true)
        {
            if (start > 0)
            {
                received.AsSpan(start, end - start).CopyTo(received);
                (start, end) = (0, end - start);
            }

            if (end == received.Length)
            {
                if (received.Length >= AnswerMax)
                    throw new InvalidDataException("Redis answered with no end.");
                Array.Resize(ref received, received.Length * 2);
            }

            var count = await _connection.Stream.ReadAsync(received.AsMemory(end));
            if (count == 0)
                throw new IOException("Redis closed the connection.");
            end += count;
            while (start < end)
            {
                question ??= Next();
                if (!_reader.IsComplete(received.AsSpan(start, end - start)))
                    break;
                Answer(question, received.AsSpan(start, end - start));
                start += _reader.Length;
                question = null;
            }
        }
    }

    /// <summary>Of the questions the first waits longest: who asked later is answered later.</summary>
    private async Task Watch()
    {
        using var looks = new PeriodicTimer(_deadline / LooksPerDeadline);
        while (!IsBroken && await looks.WaitForNextTickAsync())
        {
            lock (_lock)
            {
                if (_unanswered.TryPeek(out var first) && Stopwatch.GetElapsedTime(first.AskedAt) > _deadline)
                    throw new TimeoutException("Redis did not answer in time.");
            }
        }
    }

    /// <summary>The question that is answered next; it stays among the unanswered.</summary>
    private Question Next()
    {
        lock (_lock)
        {
            if (!_unanswered.TryPeek(out var question))
                throw new InvalidDataException("Redis answers what nobody asked.");
            _reader.Begin(question.Commands);
            return question;
        }
    }

    private void Answer(Question question, ReadOnlySpan<byte> received)
    {
        lock (_lock)
        {
            // Broken meanwhile, it has been told so.
            if (_unanswered.TryDequeue(out var first) && first != question)
                throw new InvalidDataException("Answers are out of order.");
        }

        try
        {
            question.TrySetResult(_reader.Take(received));
        }
        catch (RawErrorException refusal)
        {
            question.TrySetException(refusal);
        }
    }

    private async Task UntilBroken(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            // Whatever it was, it reaches everybody who waits.
            Break(failure);
        }
    }

    private void Break(Exception failure)
    {
        Question[] unanswered;
        lock (_lock)
        {
            if (_failure is not null)
                return;
            _failure = failure;
            unanswered = [.. _unanswered];
            _unanswered.Clear();
        }

        _connection.Dispose();
        foreach (var question in unanswered)
            question.TrySetException(Broken(failure));
    }

    private static IOException Broken(Exception failure) => new("The connection to Redis broke.", failure);

    private sealed class Question(int commands)
        : TaskCompletionSource<RawAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Commands => commands;

        public long AskedAt { get; } = Stopwatch.GetTimestamp();
    }
}
