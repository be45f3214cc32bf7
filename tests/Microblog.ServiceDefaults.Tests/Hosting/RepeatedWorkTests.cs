using Microblog.ServiceDefaults.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microblog.ServiceDefaults.Tests.Hosting;

public sealed class RepeatedWorkTests
{
    [Fact]
    public async Task A_round_that_fails_does_not_end_the_rounds_after_it()
    {
        using var work = new Failing(failures: 1);

        await work.StartAsync(CancellationToken.None);
        await work.Succeeded.WaitAsync(TimeSpan.FromSeconds(30));
        await work.StopAsync(CancellationToken.None);

        Assert.True(work.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_belongs_to_the_end_happens_once_when_the_process_stops()
    {
        using var work = new Failing(failures: 0);

        await work.StartAsync(CancellationToken.None);
        await work.Succeeded.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, work.EndCount);
        await work.StopAsync(CancellationToken.None);

        Assert.Equal(1, work.EndCount);
    }

    private sealed class Failing(int failures) : RepeatedWork(TimeProvider.System, NullLogger.Instance)
    {
        private readonly TaskCompletionSource _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _rounds;

        public Task Succeeded => _succeeded.Task;

        public int EndCount { get; private set; }

        protected override Task<TimeSpan> Round(CancellationToken stoppingToken)
        {
            if (_rounds++ < failures)
                throw new NotSupportedException("Nobody expected this.");
            _succeeded.TrySetResult();
            return Task.FromResult(TimeSpan.FromMinutes(1));
        }

        protected override Task Ended()
        {
            EndCount++;
            return Task.CompletedTask;
        }
    }
}
