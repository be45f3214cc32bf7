using Microblog.Admin.Check;
using Microblog.Admin.Errors;
using Microblog.Admin.Rebuild;
using Microblog.Admin.Recount;
using Microblog.Admin.Storage;
using Microblog.Admin.Suspend;
using Microblog.ServiceDefaults.Messaging;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Configuration;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Microblog.Admin;

/// <summary>The table of contents: finds the command that was typed, and runs it.</summary>
internal static class AdminCommands
{
    private static readonly Command[] All =
    [
        CheckCommand.Describe(),
        RebuildTimelineCommand.Describe(),
        RebuildFollowersCommand.Describe(),
        RecountCommand.Describe(),
        ListErrorsCommand.Describe(),
        ShowErrorCommand.Describe(),
        RetryErrorsCommand.Describe(),
        DiscardErrorsCommand.Describe(),
        SuspendCommand.Describe(),
        UnsuspendCommand.Describe(),
    ];

    /// <summary>Returns an <see cref="ExitStatus"/>.</summary>
    public static async Task<int> Run(
        string[] words,
        IConfiguration configuration,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        var command = All.FirstOrDefault(candidate => words.Take(candidate.Name.Split(' ').Length)
            .SequenceEqual(candidate.Name.Split(' ')));
        if (words.Contains("--help") || words.Contains("-h"))
        {
            terminal.Line(command?.Help ?? Help());
            return ExitStatus.Fine;
        }

        if (command is null)
        {
            terminal.Error(words.Length == 0 ? Help() : $"There is no command {string.Join(' ', words)}.\n\n{Help()}");
            return ExitStatus.BadUse;
        }

        try
        {
            var arguments = new Arguments(words[command.Name.Split(' ').Length..], command.Options);
            await using var stores = new Stores(configuration);
            return await command.Run(new(arguments, stores, terminal, cancellationToken));
        }
        catch (BadUseException wrong)
        {
            terminal.Error($"{wrong.Message}\n\n{command.Help}");
            return ExitStatus.BadUse;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Error("Interrupted; what was done stays done.");
            return ExitStatus.Interrupted;
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            terminal.Error($"{failure.Message}{(failure.InnerException is { } why ? $" ({why.Message})" : "")}");
            return ExitStatus.Failed;
        }
    }

    private static bool IsExpected(Exception failure) =>
        failure is FailureException or NpgsqlException or RedisAwayException or BrokerUnreachableException
        || Outage.Caused(failure);

    private static string Help() =>
        $"""
        Usage: infra/admin COMMAND [ARGUMENT…]

        Looks after the data of a running instance.

        {string.Join('\n', All.Select(command => $"  {command.Name + " " + command.Usage,-48} {command.Summary}"))}

        infra/admin COMMAND --help says more. Exit status: 0 fine; 1 there are differences, or something could not be
        done; 2 bad use. MICROBLOG_HOME says which instance is meant, as for infra/up. In a container the settings are
        those of the services, with a role of its own in Postgres: ConnectionStrings__Postgres, ConnectionStrings__Redis
        and ConnectionStrings__RabbitMq, or files of these names in the folder MICROBLOG_SECRETS.
        """;
}
