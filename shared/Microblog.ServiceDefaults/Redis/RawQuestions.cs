using StackExchange.Redis;

namespace Microblog.ServiceDefaults.Redis;

/// <summary>Asks over one <see cref="RawPipeline"/>, and opens another one when it broke.</summary>
/// <param name="user">Of Redis' access lists; null for none.</param>
internal sealed class RawQuestions(ConfigurationOptions options, string? user, TimeSpan deadline) : IDisposable
{
    private readonly Lock _lock = new();
    private Task<RawPipeline>? _pipeline;

    /// <param name="client">Knows which server takes writes.</param>
    /// <exception cref="IOException">The connection broke, or nothing was answered within the deadline.</exception>
    /// <exception cref="TimeoutException">There was no connection within the deadline.</exception>
    public async Task<RawAnswer> Ask(RawCommands commands, IDatabase client)
    {
        var opening = Pipeline(client);
        try
        {
            var pipeline = await opening.WaitAsync(deadline);
            return await pipeline.Ask(commands);
        }
        catch (Exception failure) when (failure is not RawErrorException refusal || IsDemoted(refusal))
        {
            // A connection on which an answer did not come in time is of no use to others either.
            Drop(opening);
            throw;
        }
    }

    public void Dispose()
    {
        if (_pipeline is { } opening)
            Drop(opening);
    }

    // What was the master is one no longer, and would answer with what it once knew.
    private static bool IsDemoted(RawErrorException refusal) =>
        refusal.Message.StartsWith("READONLY", StringComparison.Ordinal);

    private Task<RawPipeline> Pipeline(IDatabase client)
    {
        lock (_lock)
        {
            if (_pipeline is null or { IsFaulted: true } or { IsCanceled: true }
                or { IsCompletedSuccessfully: true, Result.IsBroken: true })
                _pipeline = Open(client);
            return _pipeline;
        }
    }

    private async Task<RawPipeline> Open(IDatabase client)
    {
        using var late = new CancellationTokenSource(deadline);
        // Elsewhere: others wait for the lock.
        await Task.Yield();
        return new(await RawConnection.Connect(client, options, user, late.Token), deadline);
    }

    private void Drop(Task<RawPipeline> opening)
    {
        lock (_lock)
        {
            if (_pipeline == opening)
                _pipeline = null;
        }

        // Also one that is opened too late for anybody.
        _ = opening.ContinueWith(
            opened => opened.Result.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }
}
