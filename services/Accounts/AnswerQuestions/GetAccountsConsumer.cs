using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.AnswerQuestions;

internal sealed class GetAccountsConsumer(Profiles profiles) : IConsumer<GetAccounts>
{
    public async Task Consume(ConsumeContext<GetAccounts> context)
    {
        var found = await profiles.ById(context.Message.AccountIds, context.CancellationToken);
        await context.RespondAsync(new AccountsFound(found));
    }
}
