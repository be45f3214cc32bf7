using MassTransit;
using Microblog.Accounts.Storage;
using Microblog.Contracts.Accounts;

namespace Microblog.Accounts.AnswerQuestions;

internal sealed class FindAccountsConsumer(AccountSearch search) : IConsumer<FindAccounts>
{
    public async Task Consume(ConsumeContext<FindAccounts> context)
    {
        var (query, limit, offset) = context.Message;
        var found = await search.Find(query, limit, offset, among: null, context.CancellationToken);
        await context.RespondAsync(new AccountsMatched(found));
    }
}
