using MassTransit;
using Microblog.Contracts.Ingest;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>What a batch of messages says of posts.</summary>
public static class PostBatches
{
    /// <summary>All posts of all messages, each once, in the order of the messages.</summary>
    public static IEnumerable<PostCreated> Posts(this Batch<PostsCreated> batch) =>
        batch.SelectMany(message => message.Message.Posts).DistinctBy(post => post.PostId);
}
