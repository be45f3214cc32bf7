using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.AnswerQuestions;

internal sealed class ResolveNamesConsumer(Profiles profiles) : IConsumer<ResolveNames>
{
    public async Task Consume(ConsumeContext<ResolveNames> context)
    {
        var found = await profiles.ByName(context.Message.Usernames, context.CancellationToken);
        await context.RespondAsync(new NamesResolved(found));
    }
}
